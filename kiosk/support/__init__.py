"""What an installer or a technician runs beside the kiosk; it shows devices, not people."""
