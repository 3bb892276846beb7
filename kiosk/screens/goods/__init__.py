"""The screens of packages and parcels, of the storage and of finds."""
