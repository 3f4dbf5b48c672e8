/**
 * What a machine boots from: kernel, initial RAM disk, empty disks, and the script that starts QEMU on them.
 *
 * <p>{@link org.nixlab.image.boot.PowerOffDisk} also serves kernels that nixlab has not built.
 */
package org.nixlab.image.boot;
