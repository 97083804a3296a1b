/** How the simulated site compares with real instruments: docs/simulator.md. */
package org.skymi.experiment.simulator;
