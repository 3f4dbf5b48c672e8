# Libraries for Python that nixpkgs calls otherwise than Debian does, without the latter's `python3-`.
{
  attrs = "attr";
  beautifulsoup4 = "bs4";
  dbus-python = "dbus";
  kafka-python = "kafka";
  memcached = "memcache";
  mysqlclient = "mysqldb";
  opencv4 = "opencv";
  pillow = "pil";
  pycups = "cups";
  pygobject3 = "gi";
  pyjwt = "jwt";
  pynacl = "nacl";
  pyopenssl = "openssl";
  pyserial = "serial";
  pysocks = "socks";
  python-dateutil = "dateutil";
  python-gnupg = "gnupg";
  python-jose = "jose";
  python-ldap = "ldap";
  python-magic = "magic";
  python-memcached = "memcache";
  pytz = "tz";
  pyusb = "usb";
  pyyaml = "yaml";
  pyzmq = "zmq";
  scikit-learn = "sklearn";
  tkinter = "tk";
  websocket-client = "websocket";
}
