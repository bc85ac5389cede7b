<?php

// Receives events from Recado with PHP alone: verifies the signature, and keeps every event once.

declare(strict_types=1);

const TOLERANCE = 300; // seconds

/** True when the headers hold a signature by our secret over these very bytes, made within the last minutes. */
function is_signed(string $key, string $id, string $timestamp, string $signatures, string $body): bool
{
    if ($id === '' || !preg_match('/^\d{1,12}$/D', $timestamp) || abs(time() - (int) $timestamp) > TOLERANCE) {
        return false;
    }
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    // While a secret is being changed there are two signatures.
    foreach (explode(' ', $signatures) as $given) {
        if (hash_equals($expected, $given)) {
            return true;
        }
    }
    return false;
}

/** Your own database in its place: all that matters is that the id is unique there. False when it is kept already. */
function keep_once(string $id, string $body): bool
{
    $database = new PDO(getenv('DATABASE_URL') ?: 'sqlite:events.db');
    $database->exec('create table if not exists received (webhook_id text primary key, event text not null)');
    $insert = $database->prepare('insert or ignore into received values (?, ?)');
    $insert->execute([$id, $body]);
    return $insert->rowCount() === 1;
}

/** Your own work. A queue of yours, when it takes longer than a second or two: Recado waits for the answer. */
function handle(array $event): void
{
    error_log("{$event['type']}: {$event['data']['summary']}");
}

$key = base64_decode(preg_replace('/^whsec_/', '', getenv('RECADO_WEBHOOK_SECRET') ?: ''), true);
if ($key === false || strlen($key) < 24) {
    http_response_code(500);
    error_log('RECADO_WEBHOOK_SECRET must be the whsec_… that Recado has shown.');
    exit;
}
$id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
$body = file_get_contents('php://input');
$timestamp = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
if (!is_signed($key, $id, $timestamp, $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '', $body)) {
    http_response_code(401);
    exit;
}
// What throws here becomes a 500, and Recado comes again.
if (keep_once($id, $body)) {
    handle(json_decode($body, true, 512, JSON_THROW_ON_ERROR));
}
http_response_code(204);
