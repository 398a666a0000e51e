"""What costs time, as ratios measured side by side in one run."""
