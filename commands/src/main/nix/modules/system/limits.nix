# What sessions may use at most.
{ config, lib, ... }:

let
  inherit (lib) mkOption option types;
  items = [ "core" "data" "fsize" "memlock" "nofile" "rss" "stack" "cpu" "nproc" "as" "maxlogins" "maxsyslogins" "priority" "locks" "sigpending" "msgqueue" "nice" "rtprio" ];
  limits = config.security.pam.loginLimits;
in
{
  options.security.pam.loginLimits = option
    (types.listOf (types.submodule {
      options = {
        domain = mkOption { type = types.str; description = "Whom it is for: a user, `@` and a group, or `*` for all."; };
        type = mkOption { type = types.enum [ "-" "hard" "soft" ]; description = "Whether it can be raised (`soft`), cannot (`hard`), or both at once (`-`)."; };
        item = mkOption { type = types.enum items; description = "What is limited."; };
        value = mkOption { type = types.oneOf [ types.str types.int types.float ]; description = "The limit."; };
      };
    }))
    [ ] "Limits of sessions, as in limits.conf. Services have limits of their own."
  // { example = [{ domain = "*"; type = "-"; item = "nofile"; value = 10000; }]; };

  config.environment.etc."security/limits.d/nixlab.conf" = lib.mkIf (limits != [ ]) {
    text = lib.concatMapStrings (l: "${l.domain} ${l.type} ${l.item} ${toString l.value}\n") limits;
  };
}
