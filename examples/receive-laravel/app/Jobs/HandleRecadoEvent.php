<?php

declare(strict_types=1);

namespace App\Jobs;

use Illuminate\Bus\Queueable;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Foundation\Bus\Dispatchable;
use Illuminate\Queue\InteractsWithQueue;
use Illuminate\Support\Facades\Log;

/** Your own work. It happens after the answer, so that it may take its time. */
final class HandleRecadoEvent implements ShouldQueue
{
    use Dispatchable, InteractsWithQueue, Queueable;

    public function __construct(private readonly array $event)
    {
    }

    public function handle(): void
    {
        Log::info("{$this->event['type']}: {$this->event['data']['id']}");
    }
}
