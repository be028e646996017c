namespace Boreal.Tests.EndToEnd.Apps.Load;

/// <summary>One way to ask a server: each call is one request, over as many at once as it takes.</summary>
internal interface ITraffic : IDisposable
{
    string Name { get; }

    /// <summary>Gives the answer's text; an exception is a failed request.</summary>
    Task<string> AskAsync(CancellationToken cancellationToken);
}
