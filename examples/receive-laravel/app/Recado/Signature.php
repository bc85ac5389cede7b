<?php

declare(strict_types=1);

namespace App\Recado;

/** The signature of an event from Recado: HMAC-SHA256 over id, timestamp and raw body. */
final class Signature
{
    private const TOLERANCE = 300; // seconds

    private readonly string $key;

    public function __construct(string $secret)
    {
        $this->key = base64_decode(preg_replace('/^whsec_/', '', $secret), true) ?: '';
        // An empty key would make everybody's signature a good one.
        if (strlen($this->key) < 24) {
            throw new \InvalidArgumentException('RECADO_WEBHOOK_SECRET must be the whsec_… that Recado has shown.');
        }
    }

    /** True when one of the signatures is by our secret over these very bytes, made within the last minutes. */
    public function isGood(string $id, string $timestamp, string $signatures, string $body): bool
    {
        if ($id === '' || !preg_match('/^\d{1,12}$/D', $timestamp) || abs(time() - (int) $timestamp) > self::TOLERANCE) {
            return false;
        }
        $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $this->key, true));
        // While a secret is being changed there are two signatures.
        foreach (explode(' ', $signatures) as $given) {
            if (hash_equals($expected, $given)) {
                return true;
            }
        }
        return false;
    }
}
