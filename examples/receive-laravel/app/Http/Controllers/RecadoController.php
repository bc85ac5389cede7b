<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Jobs\HandleRecadoEvent;
use App\Recado\Signature;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\DB;

final class RecadoController extends Controller
{
    public function __invoke(Request $request): Response
    {
        $signature = new Signature((string) config('services.recado.webhook_secret'));
        $id = (string) $request->header('webhook-id', '');
        $timestamp = (string) $request->header('webhook-timestamp', '');
        $signatures = (string) $request->header('webhook-signature', '');
        if (!$signature->isGood($id, $timestamp, $signatures, $request->getContent())) {
            return response('', 401);
        }
        $event = json_decode($request->getContent(), true, 512, JSON_THROW_ON_ERROR);
        // Both or neither: what throws here becomes a 500, and Recado comes again.
        DB::transaction(function () use ($id, $event): void {
            $row = ['webhook_id' => $id, 'received_at' => now()];
            // 0 for one that is kept already: what was not answered in time comes again, with the same id.
            if (DB::table('recado_events')->insertOrIgnore($row) === 1) {
                HandleRecadoEvent::dispatch($event);
            }
        });
        return response()->noContent();
    }
}
