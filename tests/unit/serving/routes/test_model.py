"""What estimates, and how much it learned from."""


def test_a_policy_alone_says_that_nothing_has_been_learned(service, policy):
    told = service.get("/v1/model").json()
    assert told["policy_alone"] is True
    assert told["version"] == "policy-only"
    assert told["policy"] == policy.fingerprint
    assert told["summary"]["closed_deals"] == 0
    assert told["evidence"]["level"] == "none"
    assert told["evidence"]["text"]
    assert told["number"] == "3"
    assert service.get("/v1/model?x=1").status_code == 422


def test_in_french(service):
    texts = [
        service.get("/v1/model", **{"accept-language": tongue}).json()["evidence"]["text"]
        for tongue in ("en", "fr")
    ]
    assert texts[0] != texts[1]


def test_before_something_is_loaded_it_says_that_it_is_starting(starting):
    assert starting.get("/v1/model").status_code == 503
