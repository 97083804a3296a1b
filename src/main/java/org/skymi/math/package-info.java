/** Splines, normal equations, robust statistics: what astronomy shares with everybody else. */
package org.skymi.math;
