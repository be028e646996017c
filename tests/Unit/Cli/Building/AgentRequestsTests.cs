using Boreal.BuildWire.Packets;
using Boreal.Cli.Building.Sessions;

namespace Boreal.Tests.Unit.Cli.Building;

public sealed class AgentRequestsTests
{
    private readonly AgentRequests _requests = new();

    [Theory]
    [InlineData(11)]
    [InlineData(13)]
    public void Request_ToListOrToSign_GoesOn(byte kind)
    {
        byte[] request = [0, 0, 0, 3, kind, 1, 2];
        _requests.Add(request);
        Assert.Equal(request, Take());
    }

    [Theory]
    [InlineData(17)] // add an identity
    [InlineData(18)] // remove one
    [InlineData(19)] // remove all
    [InlineData(22)] // lock
    [InlineData(25)] // add with constraints
    [InlineData(27)] // extension
    public void Request_ToChangeAnything_BecomesOneThatFails(byte kind)
    {
        _requests.Add([0, 0, 0, 3, kind, 1, 2]);
        Assert.Equal([0, 0, 0, 1, 255], Take());
    }

    [Fact]
    public void Requests_InAnyPieces_AreTakenWhole()
    {
        byte[] stream = [0, 0, 0, 2, 11, 7, 0, 0, 0, 1, 19, 0, 0, 0, 1, 13];
        var taken = new List<byte[]>();
        foreach (var value in stream)
        {
            _requests.Add([value]);
            while (_requests.TryTake(out var request)) taken.Add(request);
        }

        Assert.Equal([[0, 0, 0, 2, 11, 7], [0, 0, 0, 1, 255], [0, 0, 0, 1, 13]], taken);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    [InlineData(new byte[] { 255, 255, 255, 255 })]
    public void Request_OfAnImpossibleSize_EndsTheConversation(byte[] prefix)
    {
        _requests.Add(prefix);
        Assert.Throws<ContextException>(() => _requests.TryTake(out _));
    }

    private byte[] Take()
    {
        Assert.True(_requests.TryTake(out var request));
        return request;
    }
}
