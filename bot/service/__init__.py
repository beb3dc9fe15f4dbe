"""What a service needs beyond one process: locks, events out, health, metrics, logs."""
