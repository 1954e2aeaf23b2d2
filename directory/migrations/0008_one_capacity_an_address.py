"""No two capacities have one address. Apart from the filling, which PostgreSQL must have committed before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0007_addresses_of_capacities")]

    operations = [
        migrations.AlterField(
            model_name="capacity",
            name="address",
            field=models.CharField(editable=False, max_length=500, unique=True, verbose_name="address (IRI)"),
        ),
    ]
