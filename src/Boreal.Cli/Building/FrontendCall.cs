using Boreal.BuildWire.Http2;
using Boreal.BuildWire.Protocol.Gateway;
using Boreal.BuildWire.Rpc;
using Boreal.Cli.Building.Orders;
using Boreal.Cli.Building.Progress;
using Boreal.Cli.Building.Results;
using Boreal.Cli.Building.Sessions;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using ControlSolveRequest = Boreal.BuildWire.Protocol.Control.SolveRequest;
using ControlSolveResponse = Boreal.BuildWire.Protocol.Control.SolveResponse;

namespace Boreal.Cli.Building;

/// <summary>
/// Asks the frontend about a Dockerfile instead of having it built. Such an answer comes by the gateway only: (1) a build that this side
/// drives is opened, (2) the frontend is asked in its name, (3) the build ends with an empty result.
/// </summary>
internal sealed class FrontendCall(CliContext context, BuildOrder order, IBuildDisplay display)
{
    private static readonly Dictionary<string, string> Requests = new(StringComparer.Ordinal)
    {
        ["check"] = "frontend.lint",
        ["outline"] = "frontend.outline",
        ["targets"] = "frontend.targets",
    };

    private readonly string _reference = Guid.NewGuid().ToString("n");

    /// <exception cref="CommandFailedException">There is no such question.</exception>
    public async Task<CallAnswer> RunAsync(string method, CancellationToken cancellationToken)
    {
        var request = Requests.GetValueOrDefault(method.Split(',')[0]) ?? throw new CommandFailedException($"unknown call {method}: known are build, {string.Join(", ", Requests.Keys)}");
        await using var session = await SessionHost.OpenAsync(context, order, new OutputTargets(context, []), cancellationToken);
        await using var stream = await context.Client.Builds.OpenCallsAsync(cancellationToken);
        await using var connection = await Http2Connection.OpenAsync(stream, cancellationToken);
        var calls = new RpcClient(connection);
        var build = new ControlSolveRequest { Ref = _reference, Session = session.Id, Internal = true };
        var solving = calls.CallAsync("/moby.buildkit.v1.Control/Solve", build, ControlSolveResponse.Parser, cancellationToken);    // (1)
        var answer = await AskAsync(calls, request, cancellationToken);                                                           // (2)
        await BridgeAsync(calls, "Return", new ReturnRequest { Result = new Result() }, ReturnResponse.Parser, cancellationToken);  // (3)
        await solving;
        display.Complete(hasFailed: false);
        return CallAnswer.Read(request, answer);
    }

    private async Task<Dictionary<string, byte[]>> AskAsync(RpcClient calls, string request, CancellationToken cancellationToken)
    {
        var question = new SolveRequest { Frontend = "dockerfile.v0", AllowResultReturn = true, AllowResultArrayRef = true };
        question.FrontendOpt.Add(order.Attributes);
        question.FrontendOpt["requestid"] = request;
        question.FrontendOpt["frontend.caps"] = "moby.buildkit.frontend.subrequests";
        var response = await BridgeAsync(calls, "Solve", question, SolveResponse.Parser, cancellationToken);
        return response.Result.Metadata.ToDictionary(pair => pair.Key, pair => pair.Value.ToByteArray());
    }

    private async Task<TResponse> BridgeAsync<TResponse>(RpcClient calls, string method, Google.Protobuf.IMessage request, Google.Protobuf.MessageParser<TResponse> parser, CancellationToken cancellationToken)
        where TResponse : Google.Protobuf.IMessage<TResponse> =>
        await calls.CallAsync($"/moby.buildkit.v1.frontend.LLBBridge/{method}", [new HeaderField("buildkit-controlapi-buildid", _reference)], request, parser, cancellationToken);
}
