using Boreal.Linux.Errors;
using Boreal.Linux.Nftables;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks;

/// <summary>Makes the firewall's table anew when somebody else flushed it, as reloads of other firewalls do.</summary>
internal sealed partial class FirewallKeeper : IAsyncDisposable
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stopping = new();
    private readonly NftNotices _notices;
    private readonly BridgeFirewall _firewall;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _keeping;

    public FirewallKeeper(HostNetwork host, string table, BridgeFirewall firewall, TimeProvider time, ILogger logger)
    {
        _notices = host.Run(() => NftNotices.Open(table, host.Netfilter));
        _firewall = firewall;
        _time = time;
        _logger = logger;
        _keeping = KeepAsync(_stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _keeping;
        _notices.Dispose();
        _stopping.Dispose();
    }

    private async Task KeepAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await _notices.DeletedAsync(stopping);
                // Who flushes often adds rules of their own next: wait for the end of it rather than answer each notice.
                await Task.Delay(Settle, _time, stopping);
                Renew();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private void Renew()
    {
        try
        {
            _firewall.Renew();
            Log.Renewed(_logger);
        }
        catch (LinuxException exception)
        {
            Log.CannotRenew(_logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6140, Level = LogLevel.Warning, Message = "another program deleted rules of ours; they are in place again")]
        public static partial void Renewed(ILogger logger);

        [LoggerMessage(EventId = 6141, Level = LogLevel.Error, Message = "another program deleted rules of ours, and they cannot be made again")]
        public static partial void CannotRenew(ILogger logger, Exception exception);
    }
}
