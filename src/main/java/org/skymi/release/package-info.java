/** Released spectra: the sky that is left in them. */
package org.skymi.release;
