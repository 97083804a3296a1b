/**
 * Classical sky science: calibration, cross-talk, Super Sky, statistics. Nothing but {@code survey}
 * and linear algebra.
 */
package org.skymi.sky;
