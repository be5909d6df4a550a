using System.Text.Json;
using IoTNet.Emulator;

namespace IoTNet.Cli;

// A board, its cable and its apps.
internal sealed partial class TopologyReader
{
    private const string NameForm = "a name of 1 to 32 letters, digits, '.', '_' and '-'";
    private const string AddressForm = "an address of 10.0.2.0/24 from 10.0.2.4 to 10.0.2.254, or \"dhcp\"";

    private BoardPlan ReadBoard(JsonItem item)
    {
        var members = Members(item, "name", "profile", "address", "link", "apps");
        var address = Scalar(members, "address", AddressForm);
        var dhcp = address?.Text == "dhcp";
        return new BoardPlan
        {
            Name = ReadName(item, members),
            Profile = Scalar(members, "profile", "a board's profile") is { } profile
                ? Known(profile, Catalog.FindProfile) ?? BoardProfile.Esp32 : BoardProfile.Esp32,
            Address = address is null || dhcp ? null : ReadAddress(address),
            UsesDhcp = dhcp,
            Link = members.TryGetValue("link", out var link) ? ReadLink(link) : LinkConditions.Perfect,
            Apps = [.. List(members, "apps", "a list of apps").Select(ReadApp).OfType<AppPlan>()],
        };
    }

    private string ReadName(JsonItem board, Dictionary<string, JsonItem> members)
    {
        if (Scalar(members, "name", NameForm) is not { } name)
        {
            if (board.Kind == JsonTokenType.StartObject && !members.ContainsKey("name"))
            {
                _problems.Add(board, $"expected \"name\", {NameForm}");
            }

            return board.Path;
        }

        // The gateway's port on the switch has that name.
        if (!BoardName().IsMatch(name.Text) || name.Text == new GatewayOptions().Name)
        {
            _problems.Expected(name, NameForm + ", other than 'gateway'");
        }

        return name.Text;
    }

    // 10.0.2.2 is the gateway, 10.0.2.3 its name server.
    private IPAddress? ReadAddress(JsonItem item)
    {
        if (IPAddress.TryParse(item.Text, out var address) && address.AddressFamily == AddressFamily.InterNetwork &&
            address.GetAddressBytes() is [10, 0, 2, >= 4 and <= 254])
        {
            return address;
        }

        _problems.Expected(item, AddressForm);
        return null;
    }

    private LinkConditions ReadLink(JsonItem item)
    {
        var members = Members(item, [.. LinkSettings.All.Select(setting => setting.Name)]);
        var conditions = LinkConditions.Perfect;
        foreach (var setting in LinkSettings.All)
        {
            if (Scalar(members, setting.Name, setting.Expected) is not { } value)
            {
                continue;
            }

            if (setting.Apply(conditions, value.Text) is { } next)
            {
                conditions = next;
            }
            else
            {
                _problems.Expected(value, setting.Expected);
            }
        }

        return conditions;
    }

    private AppPlan? ReadApp(JsonItem item)
    {
        var members = Members(item, "name", "listen", "arguments");
        var arguments = List(members, "arguments", "a list of texts");
        arguments.ForEach(argument => IsText(argument, "a text"));
        IPEndPoint? listen = null;
        if (Scalar(members, "listen", CommonOptions.ListenForm) is { } address && !CommonOptions.TryListen(address.Text, out listen))
        {
            _problems.Expected(address, CommonOptions.ListenForm);
        }

        if (Scalar(members, "name", "an app's name") is not { } name)
        {
            if (item.Kind == JsonTokenType.StartObject && !members.ContainsKey("name"))
            {
                _problems.Add(item, "expected \"name\", an app's name; 'iotnet apps' lists them");
            }

            return null;
        }

        return Known(name, Catalog.MakeApp) is { } app ? new AppPlan(app, listen, [.. arguments.Select(a => a.Text)]) : null;
    }

    private T? Known<T>(JsonItem item, Func<string, T> find)
        where T : class
    {
        try
        {
            return find(item.Text);
        }
        catch (UsageException e)
        {
            _problems.Add(item, e.Message);
            return null;
        }
    }
}
