# `pkgs` of a Debian guest: every package of its index, under Debian's name and under nixpkgs' where that differs.
# Nothing is built here: a package is a recipe in the store, which the host realises when it assembles the machine.
{ lib, index, system, overlays ? [ ] }:

let
  versions = index.${system} or { };
  inherit (import ./recipes.nix { inherit lib; }) recipe;

  # Store names know fewer characters than Debian's versions.
  clean = lib.replaceStrings [ ":" "~" ] [ "-" "-" ];

  outputs = [ "out" "bin" "dev" "lib" "man" "doc" "info" "devdoc" "static" "include" "tools" "dist" "debug" ];

  # parts: what stands in packages of its own, by the names of nixpkgs' outputs. Any other output is the whole.
  package = { pname, packages, bin ? [ ], mainProgram ? pname, version, parts ? { }, attrs ? { } }@args:
    let
      self = {
        type = "derivation";
        inherit pname version system;
        name = "${pname}-${version}";
        outPath = recipe (lib.sanitizeName "${pname}-${clean version}")
          ({ kind = "package"; inherit packages; } // lib.optionalAttrs (bin != [ ]) { inherit bin; });
        outputName = "out";
        outputs = [ "out" ];
        debianPackages = packages;
        programs = { };
        meta = { inherit mainProgram; description = "Debian ${lib.concatStringsSep ", " packages}"; platforms = [ system ]; broken = false; available = true; };
        passthru = { };
        override = _: self;
        overrideAttrs = _: self;
      } // lib.genAttrs outputs (outputName: self // { inherit outputName; outputSpecified = true; })
      // { dev = part "dev" (header packages ++ packages); all = part "all" (lib.unique (packages ++ lib.concatLists (lib.attrValues lists))); }
      // lib.mapAttrs part lists // attrs;
      lists = lib.mapAttrs (_: there) parts;
      part = outputName: found:
        if found == [ ] || found == packages then self // { inherit outputName; outputSpecified = true; }
        else package (args // { pname = "${pname}-${outputName}"; packages = found; parts = { }; attrs = { inherit outputName; outputSpecified = true; }; });
    in
    self;
  there = names: lib.filter (name: versions ? ${name}) (lib.toList names);
  # Debian has what is needed to compile against a package in one of its own.
  header = packages:
    let name = lib.head packages;
    in lib.take 1 (there [ "${name}-dev" "lib${name}-dev" ]);

  debian = builtins.mapAttrs (name: version: package { pname = name; packages = [ name ]; inherit version; }) versions;

  # An entry of the tables: what nixpkgs calls `name`.
  renamed = name: entry:
    let given = if builtins.isAttrs entry then entry else { packages = lib.toList entry; };
    in package ({ pname = name; version = versions.${main entry}; } // given);
  main = entry:
    if builtins.isString entry then entry else builtins.head (if builtins.isList entry then entry else entry.packages);
  # Without what this system has none of the packages of.
  table = entries: builtins.mapAttrs renamed
    (removeAttrs entries (builtins.filter (name: !(versions ? ${main entries.${name}})) (builtins.attrNames entries)));

  # Sets of libraries of a language: python3Packages.requests is python3-requests.
  family = test: name: builtins.listToAttrs (lib.concatMap
    (debianName:
      let short = name debianName;
      in if test debianName then [{ name = short; value = debian.${debianName}; }] else [ ])
    (builtins.attrNames versions));
  prefixed = prefix: family (lib.hasPrefix prefix) (lib.removePrefix prefix);
  pythonLibraries = prefixed "python3-"
    // table (lib.mapAttrs (_: name: "python3-${name}") (import ./names-python.nix)) // { python = self.python3; } // unbuildable.python;
  haskellLibraries = prefixed "libghc-" // unbuildable.haskell;
  perlLibraries = family (n: lib.hasPrefix "lib" n && lib.hasSuffix "-perl" n) (n: perlName (lib.removePrefix "lib" (lib.removeSuffix "-perl" n)));
  # Short first words are acronyms there: DBI, DBDPg, JSON.
  perlName = n:
    let words = lib.splitString "-" n;
    in (if builtins.stringLength (lib.head words) <= 4 then lib.toUpper (lib.head words) else lib.toSentenceCase (lib.head words))
      + lib.concatMapStrings lib.toSentenceCase (lib.tail words);

  # An interpreter with libraries: the same packages, under one prefix.
  withPackages = interpreter: set: choose:
    let chosen = choose set;
    in interpreter // package {
      inherit (interpreter) pname version;
      packages = interpreter.debianPackages ++ lib.concatMap (p: p.debianPackages) chosen;
      mainProgram = interpreter.meta.mainProgram;
    };

  runs = final: import ./runs.nix { inherit lib; pkgs = final; };
  unbuildable = import ./unbuildable.nix { inherit lib; };
  languages = {
    python3Packages = pythonLibraries;
    python311Packages = pythonLibraries;
    pythonPackages = pythonLibraries;
    perlPackages = perlLibraries;
    rubyPackages = prefixed "ruby-";
    nodePackages = prefixed "node-";
    phpPackages = prefixed "php8.2-" // { composer = debian.composer or null; };
    phpExtensions = prefixed "php8.2-";
    postgresqlPackages = prefixed "postgresql-15-";
    postgresql15Packages = prefixed "postgresql-15-";
    nginxModules = prefixed "libnginx-mod-" // prefixed "libnginx-mod-http-" // table {
      brotli = [ "libnginx-mod-http-brotli-filter" "libnginx-mod-http-brotli-static" ];
      dav = "libnginx-mod-http-dav-ext";
      moreheaders = "libnginx-mod-http-headers-more-filter";
      njs = "libnginx-mod-http-js";
      pam = "libnginx-mod-http-auth-pam";
      subsFilter = "libnginx-mod-http-subs-filter";
      upload-progress = "libnginx-mod-http-uploadprogress";
    };
    luaPackages = prefixed "lua-";
    haskellPackages = haskellLibraries;
    haskell = { packages = lib.genAttrs [ "ghc802" "ghc822" "ghc844" "ghc865" "ghc884" "ghc8107" "ghc90" "ghc92" "ghc94" "ghc96" "ghc98" ] (_: haskellLibraries); lib = lib.genAttrs [ "dontCheck" "doJailbreak" "justStaticExecutables" "dontHaddock" ] (_: package: package); };
    aspellDicts = prefixed "aspell-";
    hunspellDicts = prefixed "hunspell-";
    gnomeExtensions = prefixed "gnome-shell-extension-";
  };

  base = final: {
    inherit lib system;
    config = { };
    hostPlatform = platform;
    # Named as a package it is the compilers.
    stdenv = final.build-essential or { } // {
      inherit system;
      hostPlatform = platform;
      buildPlatform = platform;
      isLinux = true;
      isDarwin = false;
      isx86_64 = system == "x86_64-linux";
      isi686 = system == "i686-linux";
      is64bit = system == "x86_64-linux";
      shell = "/bin/bash";
      cc = final.gcc or null;
    } // (runs final).stdenv;
    stdenvNoCC = final.stdenv // (runs final).stdenvNoCC;
    pkgs = final;
    path = throw "nixlab: Debian guests have no nixpkgs tree\nhint: name packages as `pkgs.NAME`";
    runtimeShell = "/bin/bash";
    runtimeShellPackage = final.bash;
    callPackage = lib.callPackageWith final;
    newScope = extra: lib.callPackageWith (final // extra);
    buildPackages = final;
    nixosTests = { };
    formats = import ./formats.nix { inherit lib; pkgs = final; };
    writers = { inherit (final) writeBash writeBashBin writePython3 writePython3Bin; };
    emptyDirectory = final.linkFarm "empty" [ ];
    emptyFile = final.writeText "empty" "";
  };
  platform = {
    inherit system;
    config = if system == "i686-linux" then "i686-unknown-linux-gnu" else "x86_64-unknown-linux-gnu";
    parsed.cpu.name = lib.head (lib.splitString "-" system);
    isLinux = true;
    isDarwin = false;
    isx86_64 = system == "x86_64-linux";
    isi686 = system == "i686-linux";
    isx86_32 = system == "i686-linux";
    isx86 = true;
    isAarch64 = false;
    is64bit = system == "x86_64-linux";
    is32bit = system == "i686-linux";
  };

  plainPostgresql = (table (import ./names-services.nix)).postgresql;
  postgresql = plainPostgresql // {
    pkgs = languages.postgresqlPackages;
    withPackages = withPackages plainPostgresql languages.postgresqlPackages;
  };
  # Extensions of PHP: of those that are switched on and of all. Debian's php has the usual ones.
  withExtensions = choose: withPackages plainPhp { enabled = [ ]; all = languages.phpExtensions; } choose;
  plainPhp = renamed "php" "php";
  php = plainPhp // {
    inherit withExtensions;
    buildEnv = { extensions ? { enabled, ... }: enabled, ... }: php // withExtensions extensions;
    extensions = languages.phpExtensions;
  };
  interpreters = lib.optionalAttrs (versions ? python3) (lib.genAttrs [ "python" "python3" "python311" "python3Full" ] (_: python))
    // lib.optionalAttrs (versions ? postgresql-15) (lib.genAttrs [ "postgresql" "postgresql_15" ] (_: postgresql))
    // lib.optionalAttrs (versions ? php) (lib.genAttrs [ "php" "php82" ] (_: php))
    // lib.optionalAttrs (versions ? perl) { perl = plainPerl // { withPackages = withPackages plainPerl perlLibraries; pkgs = perlLibraries; }; };
  # nixpkgs' own has the program without the number as well. Debian's is in a package that python3 depends on.
  plainPython = renamed "python3" ([ "python3" ] ++ lib.filter (name: versions ? ${name}) [ "python3-minimal" "python-is-python3" ]);
  # Its name in a text has the package installed.
  interpreted = package: package // { interpreter = "${package}/bin/python3"; };
  python = interpreted plainPython // {
    withPackages = choose: interpreted (withPackages plainPython pythonLibraries choose);
    pkgs = pythonLibraries;
  };
  plainPerl = renamed "perl" "perl";

  # Programs of nixpkgs that Debian does not have can be named where programs are listed, and are left out there. Whoever needs
  # more of one than its name is told.
  absent = lib.genAttrs (lib.filter (name: !(versions ? ${name})) (import ./names-absent.nix)) (name:
    let
      self = {
        type = "derivation";
        pname = name;
        inherit name system;
        version = "";
        outPath = lib.fail {
          message = "Debian does not have `pkgs.${name}`";
          hint = "name another package; in a list of packages it would be left out";
        };
        drvPath = self.outPath;
        outputName = "out";
        outputs = [ "out" ];
        isAbsent = true;
        debianPackages = [ ];
        programs = { };
        meta = { mainProgram = name; };
        passthru = { };
        override = _: self;
        overrideAttrs = _: self;
      } // lib.genAttrs outputs (_: self);
    in
    self);

  # Programs of nixpkgs whose names are those of other programs in Debian.
  others = lib.genAttrs (lib.filter (name: versions ? ${name}) (import ./names-other.nix))
    (name: lib.fail {
      message = "Debian does not have `pkgs.${name}`: its package of that name is another program";
      hint = "name another package";
    });

  wines = final: lib.genAttrs [ "base" "full" "minimal" "staging" "unstable" "stable" "wayland" "fonts" ] (_: final.wine);
  # Sets of packages that nixpkgs has, where Debian has but one.
  sets = final: lib.genAttrs [ "gitAndTools" "gnome" "gnome3" "xfce" "mate" "kdePackages" "plasma5Packages" "libsForQt5" "cinnamon" "pantheon" ] (name: final // debian.${name} or { })
    // {
      nixVersions = lib.genAttrs [ "latest" "stable" "unstable" "git" "minimum" ] (_: final.nix or null);
      xorg = debian // table (import ./names-xorg.nix);
      postgresqlVersions = lib.getAttrs (lib.filter (name: final ? ${name}) [ "postgresql_15" ]) final;
      winePackages = wines final;
      wineWowPackages = wines final;
      opensshPackages = lib.genAttrs [ "openssh" "openssh_hpn" "openssh_gssapi" ] (_: final.openssh);
    }
    # The kernel is Debian's, whichever is asked for.
    // lib.genAttrs ([ "linuxPackages" ] ++ map (name: "linuxPackages_${name}") kernels) (_: kernel)
    // lib.genAttrs ([ "linux" ] ++ map (name: "linux_${name}") kernels) (_: kernel.kernel)
    // {
      linuxPackagesFor = _: kernel;
      linuxKernel = {
        packages = lib.genAttrs (map (name: "linux_${name}") kernels) (_: kernel);
        vanillaPackages = lib.genAttrs (map (name: "linux_${name}") kernels) (_: kernel);
        kernels = lib.genAttrs (map (name: "linux_${name}") kernels) (_: kernel.kernel);
        packagesFor = _: kernel;
      };
    };
  kernels = [
    "default" "latest" "hardened" "latest_hardened" "testing" "zen" "xanmod" "xanmod_latest" "lqx" "lts" "rt_latest" "rpi3" "rpi4"
    "4_4" "4_9" "4_14" "4_19" "5_4" "5_10" "5_15" "6_1" "6_5" "6_6" "6_8" "6_11" "6_12" "6_16" "6_17" "6_18"
  ];
  kernel = table {
    kernel = {
      packages = [ "linux-image-amd64" ];
      attrs = {
        kernelAtLeast = lib.versionAtLeast (versions.linux-image-amd64 or "");
        kernelOlder = lib.versionOlder (versions.linux-image-amd64 or "");
      };
    };
    perf = "linux-perf";
    cpupower = "linux-cpupower";
    turbostat = "linux-cpupower";
    bcc = "bpfcc-tools";
    bpftrace = "bpftrace";
    systemtap = "systemtap";
  };

  # Debian's set is large: it is copied once.
  initial = list: final:
    debian // (absent
    // table (import ./names.nix)
    // table (import ./names-services.nix)
    // table (import ./names-versions.nix { inherit lib; })
    // table (import ./names-desk.nix)
    // table (import ./names-libraries.nix)
    // sets final
    // others
    // languages
    // interpreters
    // unbuildable.pkgs
    // import ./builders.nix { inherit lib; pkgs = final; }
    // runs final
    // base final
    // { extend = overlay: extended (list ++ [ overlay ]); });

  # What is added to a set is seen by all that is in it.
  extended = list: lib.fix (builtins.foldl' (function: overlay: lib.extends overlay function) (initial list) list);
  self = extended overlays;
in
self
