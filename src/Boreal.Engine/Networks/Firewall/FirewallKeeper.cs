using Boreal.Linux.Errors;
using Boreal.Linux.Nftables;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Networks.Firewall;

/// <summary>Puts our rules in place again when somebody else flushed them or closed the way through, as reloads of other firewalls do.</summary>
internal sealed partial class FirewallKeeper : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly NftNotices _notices;
    private readonly NetworkFirewall _firewall;
    private readonly ILogger _logger;
    private readonly Task _keeping;

    public FirewallKeeper(HostNetwork host, IReadOnlyCollection<string> tables, NetworkFirewall firewall, ILogger logger)
    {
        _notices = host.Run(() => NftNotices.Open(tables, (ForeignFilter.Table, ForeignFilter.Chain), host.Netfilter));
        _firewall = firewall;
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
                var concern = await _notices.NextAsync(stopping);
                // At once: packets of translated connections are refused as long as a table is away.
                Renew(concern);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private void Renew(NftConcern concern)
    {
        try
        {
            // Engines side by side change the foreign chain at each of their networks: only what is gone is worth a word.
            if (concern is NftConcern.WatchedChain && !_firewall.PassForeign()) return;
            if (concern is NftConcern.OwnTables) _firewall.Renew();
            Log.Renewed(_logger);
        }
        catch (LinuxException exception)
        {
            Log.CannotRenew(_logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 6140, Level = LogLevel.Warning, Message = "another program changed the firewall; our rules are in place again")]
        public static partial void Renewed(ILogger logger);

        [LoggerMessage(EventId = 6141, Level = LogLevel.Error, Message = "another program changed the firewall, and our rules cannot be put in place again")]
        public static partial void CannotRenew(ILogger logger, Exception exception);
    }
}
