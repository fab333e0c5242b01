package pages

var counterSamples = []Sample{}
