using Boreal.BuildWire.Protocol.Control;

namespace Boreal.Cli.Building.Progress;

/// <summary>Shows how a build goes on.</summary>
internal interface IBuildDisplay : IAsyncDisposable
{
    /// <summary>News, in the order they happened.</summary>
    void Take(StatusResponse news);

    /// <summary>There is no more: what is held back is shown, with the last lines of steps that failed.</summary>
    void Complete(bool hasFailed);
}
