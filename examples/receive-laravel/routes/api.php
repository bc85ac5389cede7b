<?php

use App\Http\Controllers\RecadoController;
use Illuminate\Support\Facades\Route;

// In routes/api.php, where no CSRF token is asked for: the address is /api/recado.
Route::post('/recado', RecadoController::class);
