"""The policy as data, with the hash of that."""

from features import parse_policy


def test_it_tells_the_policy_and_its_fingerprint(service, policy):
    told = service.get("/v1/policy").json()
    assert told["fingerprint"] == policy.fingerprint
    assert (told["policy"], told["title"]) == ("small_example", "A small example")
    assert set(told["data"]["fields"]) == set(policy.fields)
    french = service.get("/v1/policy", **{"accept-language": "fr"})
    assert french.json()["title"] == "Un petit exemple"
    assert service.get("/v1/policy?x=1").status_code == 422


def test_another_policy_has_another_fingerprint(service, policy_text):
    other = parse_policy(policy_text.replace("points: 20", "points: 21").encode())
    assert service.get("/v1/policy").json()["fingerprint"] != other.fingerprint


def test_before_something_is_loaded_it_says_that_it_is_starting(starting):
    assert starting.get("/v1/policy").status_code == 503
