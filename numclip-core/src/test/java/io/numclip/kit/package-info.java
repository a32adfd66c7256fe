/** Tests of the published kit, with the broken components that its contracts must find. Not a part of the kit. */
package io.numclip.kit;
