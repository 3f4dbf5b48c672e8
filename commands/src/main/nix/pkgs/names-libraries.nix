# As names.nix, for libraries: Debian has their version in the name, and what compiling takes apart.
let
  library = package: dev: { packages = [ package ]; parts.dev = [ dev package ]; };
  tools = package: mainProgram: dev: { packages = [ package ]; inherit mainProgram; parts.dev = dev; };
in
{
  boost = { packages = [ "libboost-all-dev" ]; };
  eigen = { packages = [ "libeigen3-dev" ]; };
  expat = library "libexpat1" "libexpat1-dev";
  fftw = library "libfftw3-double3" "libfftw3-dev";
  glib = tools "libglib2.0-bin" "gio" "libglib2.0-dev";
  gmp = library "libgmp10" "libgmp-dev";
  hdf5 = tools "hdf5-tools" "h5dump" "libhdf5-dev";
  libbpf = library "libbpf1" "libbpf-dev";
  libevent = library "libevent-2.1-7" "libevent-dev";
  libffi = library "libffi8" "libffi-dev";
  libnl = library "libnl-3-200" "libnl-3-dev";
  libpcap = library "libpcap0.8" "libpcap-dev";
  libsodium = library "libsodium23" "libsodium-dev";
  libunwind = library "libunwind8" "libunwind-dev";
  libidn2 = tools "idn2" "idn2" [ "libidn2-dev" "idn2" ];
  libuv = library "libuv1" "libuv1-dev";
  libyaml = library "libyaml-0-2" "libyaml-dev";
  openblas = library "libopenblas0" "libopenblas-dev";
  openssl = tools "openssl" "openssl" [ "libssl-dev" "openssl" ];
  openssl_3 = tools "openssl" "openssl" [ "libssl-dev" "openssl" ];
  pcre = library "libpcre3" "libpcre3-dev";
  pcre2 = library "libpcre2-8-0" "libpcre2-dev";
  protobuf = tools "protobuf-compiler" "protoc" [ "libprotobuf-dev" "protobuf-compiler" ];
  readline = library "libreadline8" "libreadline-dev";
  zeromq = library "libzmq5" "libzmq3-dev";
  zlib = library "zlib1g" "zlib1g-dev";
}
