import json
import re

# The page has a counter, which two visitors share.
PAGE = "http://localhost/"


def visits(machine):
    """How often the page was seen."""
    text = machine.succeed(f"curl -sf {PAGE}")
    found = re.search(r"seen (\d+) times", text)
    return int(found.group(1)) if found else 0


start_all()
web.wait_for_unit("httpd.service")
web.wait_for_open_port(80)
web.wait_for_closed_port(81)

with subtest("the page is served"):
    assert "It works!" in web.succeed("curl -sf http://localhost/"), "no page"
    visitor.wait_until_succeeds("curl -sf http://web/ | grep works", timeout=60)
    visitor.fail(
        "curl -sf http://web:81/",
        "curl -sf http://web/absent"
    )

for name, path in [("index", "/"), ("robots", "/robots.txt")]:
    status, out = visitor.execute("curl -s http://web" + path)
    print(name, status, len(out.splitlines()))

for m in (web, visitor):
    m.log(f"{m.name} has {visits(m)} visits")

state = json.loads(web.succeed("systemctl show httpd --output=json || echo '{}'"))
if "Result" in state:
    assert state["Result"] == "success"

try:
    web.succeed("false")
except Exception as e:
    print(e)

web.copy_from_host("website.py", "/var/www/html/page.html")
web.copy_from_vm("/etc/hostname", "logs")
web.require_unit_state("httpd")
