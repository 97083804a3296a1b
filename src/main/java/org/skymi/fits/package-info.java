/** FITS in and out: fibre frames and released spectra; the only place with nom.tam. */
package org.skymi.fits;
