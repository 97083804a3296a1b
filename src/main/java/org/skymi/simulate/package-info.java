/** Simulated plates whose sky is known. */
package org.skymi.simulate;
