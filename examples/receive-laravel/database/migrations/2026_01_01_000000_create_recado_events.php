<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\Schema;

return new class extends Migration {
    public function up(): void
    {
        Schema::create('recado_events', function (Blueprint $table): void {
            $table->string('webhook_id', 100)->primary();
            $table->timestamp('received_at');
        });
    }

    public function down(): void
    {
        Schema::drop('recado_events');
    }
};
