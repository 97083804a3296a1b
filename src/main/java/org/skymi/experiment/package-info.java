/** Benchmarks on real data, learning curves, ablations: what the accuracy pages are made with. */
package org.skymi.experiment;
