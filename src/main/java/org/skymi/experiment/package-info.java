/** Ablations and benchmarks: what docs/ claims is made here. */
package org.skymi.experiment;
