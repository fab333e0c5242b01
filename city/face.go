package city

import "embed"

// Faces is how each city's cards look, one file for each product: NAME/face/PRODUCT.yaml. What the
// keys mean stands in app/design.
//
//go:embed */face/*.yaml
var Faces embed.FS
