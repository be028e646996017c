"""The voting page. A voter is known by a cookie; a vote is one entry of the Redis stream `votes`."""

import os
import secrets
import socket

from flask import Flask, Response, make_response, render_template, request
from redis import Redis, RedisError

OPTIONS = {"a": os.environ.get("OPTION_A", "Cats"), "b": os.environ.get("OPTION_B", "Dogs")}
COOKIE = "voter_id"

app = Flask(__name__)
queue = Redis(host=os.environ.get("REDIS_HOST", "redis"), socket_timeout=5, socket_connect_timeout=5)


@app.get("/")
def page() -> Response:
    return show(request.cookies.get(COOKIE) or secrets.token_hex(8), chosen=None)


@app.post("/")
def vote() -> Response:
    choice = request.form.get("vote")
    if choice not in OPTIONS:
        return Response(f"vote must be one of {', '.join(OPTIONS)}\n", 400)
    voter = request.cookies.get(COOKIE) or secrets.token_hex(8)
    queue.xadd("votes", {"voter": voter, "vote": choice})
    return show(voter, chosen=choice)


@app.get("/healthz")
def health() -> str:
    return "ok\n"


@app.get("/metrics")
def metrics() -> Response:
    """The workers' backlog, which their number follows (`x-autoscale` in compose.yaml)."""
    return Response(f"votes_waiting {queue.xlen('votes')}\n", mimetype="text/plain")


@app.errorhandler(RedisError)
def no_queue(error: RedisError) -> Response:
    app.logger.warning("redis: %s", error)
    return Response("Votes cannot be taken at the moment. Please try again.\n", 503)


def show(voter: str, chosen: str | None) -> Response:
    answer = make_response(render_template("vote.html", options=OPTIONS, chosen=chosen, host=socket.gethostname()))
    answer.set_cookie(COOKIE, voter, samesite="Lax")
    return answer
