/** Runs, plans and manifests: what makes a campaign complete, repeatable and revocable. */
package org.skymi.campaign;
