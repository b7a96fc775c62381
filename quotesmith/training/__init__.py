"""Makes the weights: corpora -> examples -> network -> ONNX -> calibrated scores."""
