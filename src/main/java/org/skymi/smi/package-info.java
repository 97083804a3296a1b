/** The networks of SMI and their training; the only place with DL4J and ND4J. */
package org.skymi.smi;
