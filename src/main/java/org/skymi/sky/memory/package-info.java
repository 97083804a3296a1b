/**
 * What an archive knows of each fibre: correction columns, and a linear memory of their
 * coefficients.
 */
package org.skymi.sky.memory;
