/** An archive of files on any Hadoop file system: listing, identity, fingerprints. */
package org.skymi.archive;
