{ lib, ... }: { options.environment.persistence = lib.idle "What outlives a boot: everything does here."; }
