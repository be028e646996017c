using Boreal.Build.Session;
using Boreal.BuildWire.Protocol;

namespace Boreal.Tests.Unit.Build.Session;

public sealed class SessionOfferTests
{
    [Fact]
    public void Parse_OfHeaders_GivesWhatTheClientOffers()
    {
        var offer = SessionOffer.Parse(
        [
            new("X-Docker-Expose-Session-Uuid", "u1"), new("x-docker-expose-session-name", "n"), new("X-DOCKER-EXPOSE-SESSION-SHAREDKEY", "k"),
            new("X-Docker-Expose-Session-Grpc-Method", "/moby.filesync.v1.FileSync/DiffCopy"), new("X-Docker-Expose-Session-Grpc-Method", "/a.B/C"), new("Host", "x"),
        ]);

        Assert.NotNull(offer);
        Assert.Equal(("u1", "n", "k"), (offer.Id, offer.Name, offer.SharedKey));
        Assert.Contains(SessionMethods.ReadFiles.ToLowerInvariant(), offer.Methods);
        Assert.Equal(2, offer.Methods.Count);
    }

    [Fact]
    public void Parse_WithoutAnId_IsNone() => Assert.Null(SessionOffer.Parse([new("X-Docker-Expose-Session-Name", "n")]));

    [Fact]
    public void Parse_OfTooMuch_KeepsSome()
    {
        var headers = Enumerable.Range(0, 10_000).Select(number => KeyValuePair.Create("X-Docker-Expose-Session-Grpc-Method", $"/m/{number}"))
            .Append(KeyValuePair.Create("X-Docker-Expose-Session-Uuid", "u"));

        Assert.Equal(256, SessionOffer.Parse(headers)?.Methods.Count);
    }
}
