module github.com/probewright/probewright/grammar

go 1.22
