/** Basis and prior of skies, learnt from many exposures. */
package org.skymi.sky.prior;
