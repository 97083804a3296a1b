/**
 * A frame made ready for estimates: clean flux and variance, cross-talk, and the grid in which
 * skies are written.
 */
package org.skymi.sky.frame;
