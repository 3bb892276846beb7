"""`kiosk demo`: a made-up prison in a throw-away folder, with simulated devices."""
