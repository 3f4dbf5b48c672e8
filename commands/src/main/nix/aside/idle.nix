# A module whose options, which stand for those of another project, are accepted and have no effect.
description: { lib, ... }: { options = lib.mapAttrs (_: lib.idle) description; }
