/** How good a sky is: folds of held-out fibres, residual statistics, leakage. */
package org.skymi.sky.judge;
