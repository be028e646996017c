using System.Threading.Channels;
using Boreal.Linux.Errors;
using Boreal.Linux.Namespaces;
using Boreal.Linux.Netlink;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks.Sandboxes;

/// <summary>
/// Takes sandboxes away behind the back of the container's removal: the kernel waits for its readers at each, so all
/// that are due go in one step. What a crash leaves is found by name at the next start.
/// </summary>
internal sealed partial class SandboxReaper : IAsyncDisposable
{
    private readonly Channel<DoomedSandbox> _doomed = Channel.CreateUnbounded<DoomedSandbox>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HostNetwork _host;
    private readonly int _group;
    private readonly ILogger _logger;
    private readonly Task _working;

    public SandboxReaper(HostNetwork host, int group, ILogger logger)
    {
        _host = host;
        _group = group;
        _logger = logger;
        _working = Task.Run(WorkAsync);
    }

    public void Bury(DoomedSandbox doomed)
    {
        // Refused only after disposal: the next start finds it by name.
        _doomed.Writer.TryWrite(doomed);
    }

    /// <summary>Returns when all that is due now is gone.</summary>
    public Task WhenDoneAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _doomed.Writer.TryWrite(new DoomedSandbox(Path: null, []) { Gone = done.SetResult }) ? done.Task : _working;
    }

    /// <summary>Returns when all that is due is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _doomed.Writer.TryComplete();
        await _working;
    }

    private async Task WorkAsync()
    {
        var due = new List<DoomedSandbox>();
        while (await _doomed.Reader.WaitToReadAsync())
        {
            while (_doomed.Reader.TryRead(out var doomed)) due.Add(doomed);
            Remove(due);
            due.Clear();
        }
    }

    private void Remove(List<DoomedSandbox> due)
    {
        try
        {
            DeleteLinks([.. due.SelectMany(doomed => doomed.Links)]);
            // Before the address is given out again: a peer's next datagram, or its established connection, would reach the next owner.
            ConnectionTracking.Forget(_host.Netfilter, [.. due.SelectMany(doomed => doomed.Addresses)]);
        }
        catch (LinuxException exception)
        {
            // The links go with their namespaces too, only later.
            Log.CannotDeleteLinks(_logger, exception);
        }

        foreach (var doomed in due)
        {
            if (doomed.Path is { } path) RemoveFile(path);
            doomed.Gone?.Invoke();
        }
    }

    private void RemoveFile(string path)
    {
        try
        {
            NetworkNamespaceFile.Remove(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.CannotRemoveNamespace(_logger, path, exception);
        }
    }

    private void DeleteLinks(HashSet<string> doomed)
    {
        var found = NetworkTables.Links(_host.Route).Where(link => doomed.Contains(link.Name)).ToList();
        if (found.Count == 0) return;
        var request = new NetlinkRequest();
        foreach (var link in found) request.SetGroup(link.Index, _group);
        request.DeleteGroup(_group);
        // A link that went with its namespace meanwhile is as good as deleted.
        if (_host.Route.TryExecute(request) is { Errno: not Errno.ENODEV } failure) throw failure;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6120, Level = LogLevel.Warning, Message = "cannot delete container links or connections")]
        public static partial void CannotDeleteLinks(ILogger logger, Exception exception);

        [LoggerMessage(EventId = 6121, Level = LogLevel.Warning, Message = "cannot remove network namespace {Path}; it is tried again when the daemon starts")]
        public static partial void CannotRemoveNamespace(ILogger logger, string path, Exception exception);
    }
}
