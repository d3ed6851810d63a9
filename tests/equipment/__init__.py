"""What the journeys are made with: real encoders, real ears, real processes."""
