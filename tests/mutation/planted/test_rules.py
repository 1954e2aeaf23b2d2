from tests.mutation.planted.rules import may_stand, may_vote


def test_one_may_vote_from_eighteen_on():
    assert may_vote(18)
    assert not may_vote(17)


def test_who_is_much_older_may_stand():
    assert may_stand(50)
    assert not may_stand(5)
