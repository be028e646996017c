namespace Boreal.Linux.Nftables;

/// <summary>Netfilter's points of the family ip.</summary>
public enum NftHookPoint
{
    Prerouting = 0,
    Input = 1,
    Forward = 2,
    Output = 3,
    Postrouting = 4,
}
