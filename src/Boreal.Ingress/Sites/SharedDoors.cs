using System.Net;
using System.Net.Sockets;
using Boreal.Ingress.Listening;
using Boreal.Ingress.Routing;

namespace Boreal.Ingress.Sites;

/// <summary>Where requests for routes arrive; open as long as there are routes. The ingress's gate guards it.</summary>
internal sealed class SharedDoors(IngressOptions options, SiteTools tools) : IAsyncDisposable
{
    private readonly SharedEntry _entry = new();
    private readonly Dictionary<IPEndPoint, Door> _doors = [];

    /// <summary>Requests are led by these from now on.</summary>
    /// <exception cref="Orchestrator.Errors.AppException">An address is in use; what could be opened stays open.</exception>
    public async Task SetAsync(IReadOnlyList<RouteRule> rules, string service)
    {
        _entry.Set(new RouteTable(rules));
        var secure = rules.Any(rule => rule.Certificate is not null) ? options.Https.ToHashSet() : [];
        var wanted = rules.Count > 0 ? options.Http.Concat(secure).ToList() : [];
        foreach (var address in _doors.Keys.Except(wanted).ToList())
        {
            await _doors[address].DisposeAsync();
            _doors.Remove(address);
        }
        foreach (var address in wanted.Where(address => !_doors.ContainsKey(address) && (address.AddressFamily is AddressFamily.InterNetwork || Socket.OSSupportsIPv6)))
            _doors[address] = tools.Open(address, service, _entry, secure.Contains(address) ? _entry : null);
    }

    public async Task CloseAsync()
    {
        foreach (var door in _doors.Values) await door.DisposeAsync();
        _doors.Clear();
    }

    public async ValueTask DisposeAsync() => await CloseAsync();
}
