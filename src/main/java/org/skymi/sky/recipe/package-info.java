/**
 * What the skies of a frame are drawn from, small enough to be kept instead of them, and the
 * drawing.
 */
package org.skymi.sky.recipe;
